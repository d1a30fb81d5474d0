using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Portico.Platform.Web;

namespace Portico.Gateway.Guards;

/// <summary>A body that announces itself as too large is refused before a byte of it is forwarded.</summary>
internal static class BodyLimit
{
    // Up to this many times the limit the server reads what it refuses. Closing the connection in the middle of it would
    // take the answer away from a caller who is still sending.
    private const int Patience = 8;

    public static void UseBodyLimit(this IApplicationBuilder app)
    {
        var most = app.ApplicationServices.GetRequiredService<IOptions<HttpLimits>>().Value.MaxBodyBytes;
        app.Use((context, next) =>
        {
            if (context.Request.ContentLength is not { } length || length <= most)
            {
                return next(context);
            }

            if (length <= (long)Patience * most && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            {
                limit.MaxRequestBodySize = length;
            }

            return Problems.TooLarge("body-too-large", "The request body is larger than is accepted here.").ExecuteAsync(context);
        });
    }
}

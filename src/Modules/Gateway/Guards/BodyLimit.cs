using Microsoft.Extensions.Options;
using Portico.Platform.Web;

namespace Portico.Gateway.Guards;

/// <summary>A body that announces itself as too large is refused before a byte of it is forwarded.</summary>
internal static class BodyLimit
{
    public static void UseBodyLimit(this IApplicationBuilder app)
    {
        var most = app.ApplicationServices.GetRequiredService<IOptions<HttpLimits>>().Value.MaxBodyBytes;
        app.Use((context, next) => context.Request.ContentLength > most
            ? Problems.TooLarge("body-too-large", "The request body is larger than is accepted here.").ExecuteAsync(context)
            : next(context));
    }
}

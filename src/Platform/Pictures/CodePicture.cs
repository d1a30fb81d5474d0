using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Portico.Platform.Web;

namespace Portico.Platform.Pictures;

/// <summary>A code to be scanned, as a picture: SVG unless PNG is asked for.</summary>
public sealed class CodePicture(string code, string? format) : IResult, IEndpointMetadataProvider
{
    /// <summary>Says when a screen has to ask again.</summary>
    public const string ChangesAtHeader = "Code-Changes-At";

    /// <summary>What goes with a code, also with one that is shown as text.</summary>
    public static void Prepare(HttpResponse response, DateTimeOffset? changesAt)
    {
        // Whoever holds the code is let in, or was there: it belongs in no cache.
        response.Headers.CacheControl = "no-store";
        if (changesAt is { } instant)
        {
            response.Headers[ChangesAtHeader] = instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        }
    }

    public Task ExecuteAsync(HttpContext httpContext) => format == "png"
        ? TypedResults.Bytes(QrImage.Png(code), OtherForm.Png.ContentType).ExecuteAsync(httpContext)
        : TypedResults.Content(QrImage.Svg(code), OtherForm.Svg.ContentType).ExecuteAsync(httpContext);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(OtherForm.Svg);
        builder.Metadata.Add(OtherForm.Png);
    }
}

using Microsoft.OpenApi;

namespace Portico.Platform.Web;

/// <summary>Another form than JSON that a route's answer may have, for its OpenAPI document.</summary>
/// <param name="Format">As in a schema of type string; null for text.</param>
public sealed record OtherForm(string ContentType, string? Format)
{
    public static OtherForm Csv { get; } = new("text/csv", null);

    public static OtherForm Svg { get; } = new("image/svg+xml", null);

    public static OtherForm Png { get; } = new("image/png", "binary");

    public static OtherForm Pdf { get; } = new("application/pdf", "binary");

    internal OpenApiMediaType Describe() => new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = Format } };
}

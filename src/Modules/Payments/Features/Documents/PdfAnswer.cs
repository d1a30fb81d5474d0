using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Portico.Platform.Web;

namespace Portico.Payments.Features.Documents;

/// <summary>A file to look at or to keep.</summary>
internal sealed class PdfAnswer(byte[] pdf, string fileName) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext) => TypedResults.Bytes(pdf, OtherForm.Pdf.ContentType, fileName).ExecuteAsync(httpContext);

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(byte[]), [OtherForm.Pdf.ContentType]));
        builder.Metadata.Add(OtherForm.Pdf);
    }
}

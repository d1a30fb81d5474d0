using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Portico.Platform.Web;

/// <summary>200 with a <typeparamref name="T"/> that is written out already.</summary>
public sealed class ReadyJson<T>(byte[] body) : IResult, IEndpointMetadataProvider
{
    private const string Json = "application/json";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = $"{Json}; charset=utf-8";
        httpContext.Response.ContentLength = body.Length;
        await httpContext.Response.Body.WriteAsync(body, httpContext.RequestAborted);
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), [Json]));
    }
}

using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Portico.Platform.Web;

namespace Portico.Platform.Security;

/// <summary>Lets another process of this installation in, and nobody else.</summary>
internal sealed class ServiceHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, TokenValidator validator)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "Service";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Task.FromResult(BearerHandler.ReadToken(Request) is { } token && validator.IsService(token)
            ? AuthenticateResult.Success(new(new ClaimsPrincipal(new ClaimsIdentity([new("sub", "portico")], Scheme)), Scheme))
            : AuthenticateResult.NoResult());

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        Problems.Unauthorized("not-signed-in", "Only other parts of this installation may call this.").ExecuteAsync(Context);
}

/// <summary>Signs calls to neighbours.</summary>
public sealed class ServiceTokenHandler(TokenIssuer issuer) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new(BearerHandler.Scheme, issuer.IssueService());
        return base.SendAsync(request, cancellationToken);
    }
}

using Microsoft.Net.Http.Headers;
using Portico.Platform.Web;

namespace Portico.Auth.Passwords;

/// <summary>What the routes that take or answer a secret have in common.</summary>
internal static class HashingRoutes
{
    /// <summary>
    /// No answer is stored, neither by us (which would hold a database connection while a password is hashed) nor by anybody
    /// on the way; too many passwords at once are 503 <c>hashing-busy</c>.
    /// </summary>
    public static RouteGroupBuilder WithSecrets(this RouteGroupBuilder routes)
    {
        routes.NeverStoreAnswers();
        routes.ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        routes.AddEndpointFilter(async (invocation, next) =>
        {
            invocation.HttpContext.Response.Headers[HeaderNames.CacheControl] = "no-store";
            try
            {
                return await next(invocation);
            }
            catch (HashingBusyException)
            {
                return Problems.Unavailable("hashing-busy", "Too many people are signing in at once. Try again in a moment.", TimeSpan.FromSeconds(5));
            }
        });
        return routes;
    }
}


namespace Portico.Platform.Web;

/// <summary>What every route of a module shares, said once.</summary>
public static class ModuleRoutes
{
    /// <summary>
    /// The module's group: <c>/api/&lt;module&gt;</c>, signed in unless a route says otherwise, documented under the module,
    /// and every write takes <c>Idempotency-Key</c>.
    /// </summary>
    /// <remarks>
    /// "Signed in" is the fallback policy, which a route's own policy replaces. Said on the group it would be asked for as well,
    /// and <see cref="Security.Policies.AnyPassword"/> could allow nothing.
    /// </remarks>
    public static RouteGroupBuilder MapModule<TModule>(this IEndpointRouteBuilder routes, string module) =>
        routes.MapGroup($"/api/{module}")
            .WithTags(module)
            .WithGroupName(module)
            .WithMetadata(new StoredAnswers(typeof(StoredAnswerMiddleware<TModule>)))
            .ReadInstantsStrictly()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);

    /// <summary>A route that answers anybody. It has to be on the list of <see cref="OpenDoors"/>.</summary>
    public static RouteHandlerBuilder AllowAnyone(this RouteHandlerBuilder route) => route.AllowAnonymous();

    /// <summary>
    /// The answer holds a secret (a token, a password) that must not be stored: an <c>Idempotency-Key</c> is ignored here.
    /// </summary>
    public static TBuilder NeverStoreAnswers<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new StoredAnswers(null));
}

/// <summary>Which middleware keeps the first answers of a route's writes; none when null.</summary>
internal sealed record StoredAnswers(Type? Middleware);

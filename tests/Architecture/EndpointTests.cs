using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Portico.Host;

namespace Portico.Tests.Architecture;

public sealed class EndpointTests
{
    private static readonly IReadOnlyList<DiscoveredRoute> Routes = BuiltApps.RoutesOf(ModuleCatalog.Everything);

    private static IEnumerable<DiscoveredRoute> Api => Routes.Where(route => route.IsApi);

    [Fact]
    public void Every_route_of_the_API_has_a_name_and_a_summary_of_its_own() => Faults.AssertNone(
        "Add .WithName(\"…\").WithSummary(\"…\") where the route is mapped: both go into the OpenAPI document.",
        Api.Where(route => Name(route) is null).Select(route => $"{route} has no name")
            .Concat(Api.Where(route => Summary(route) is not { Length: > 0 }).Select(route => $"{route} has no summary"))
            .Concat(Api.GroupBy(Name).Where(name => name.Count() > 1).Select(name => $"{name.Key} names {string.Join(" and ", name)}"))
            .Concat(Api.Where(route => !IsDocumented(route)).Select(route => $"{route} is excluded from the document")));

    [Fact]
    public void What_is_no_part_of_the_API_is_in_no_document() => Faults.AssertNone(
        "A route outside /api is for the platform itself: add .ExcludeFromDescription().",
        Routes.Except(Api).Where(IsDocumented).Select(route => $"{route}"));

    [Fact]
    public void A_route_is_reached_alone_as_it_is_among_all() => Faults.AssertSame(
        "A module may map nothing that depends on which modules share its process.",
        ("serve all", Api.Select(route => $"{route}")),
        ("the modules alone", ModuleCatalog.WithApi.SelectMany(BuiltApps.RoutesOf).Where(route => route.IsApi).Select(route => $"{route}")));

    [Fact]
    public void A_handler_tells_every_answer_and_can_be_cancelled() => Faults.AssertNone(
        "A handler's signature is Results<…> of what it can answer, and its last parameter the CancellationToken (defaults may follow).",
        from route in Api
        let handler = route.Endpoint.Metadata.GetMetadata<MethodInfo>()
        let type = handler.ReturnType
        let answer = type.IsGenericType && type.BaseType == typeof(Task) ? type.GetGenericArguments()[0] : type
        let token = handler.GetParameters().LastOrDefault(parameter => !parameter.HasDefaultValue)
        where answer == typeof(IResult) || answer == typeof(object)
            || (type.IsAssignableTo(typeof(Task)) && token?.ParameterType != typeof(CancellationToken))
        select $"{route}: {handler.DeclaringType!.Name}.{handler.Name}");

    private static string? Name(DiscoveredRoute route) => route.Endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName;

    private static string? Summary(DiscoveredRoute route) => route.Endpoint.Metadata.GetMetadata<IEndpointSummaryMetadata>()?.Summary;

    private static bool IsDocumented(DiscoveredRoute route) =>
        route.Endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>()?.ExcludeFromDescription is not true;
}

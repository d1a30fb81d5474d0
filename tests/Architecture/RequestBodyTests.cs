using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Validation;
using Portico.Host;

namespace Portico.Tests.Architecture;

/// <summary>No body slips past validation, which skips in silence what it does not know.</summary>
public sealed class RequestBodyTests
{
    private static readonly string LongText = new('a', 10_000);

    private static IEnumerable<(Type Body, DiscoveredRoute Route)> Bodies =>
        from route in BuiltApps.RoutesOf(ModuleCatalog.Everything)
        where route.BodyType is not null
        from type in Shapes.Of(route.BodyType!).Where(type => !type.IsEnum)
        select (type, route);

    private static IEnumerable<PropertyInfo> Fields => Bodies.Select(found => found.Body).Distinct().SelectMany(Shapes.MembersOf);

    [Fact]
    public void Bodies_are_found() => Assert.True(Bodies.Count() > 20, "Hardly a route has a body: does this test still look at the right metadata?");

    // In each module's own process, since what validates is made where AddValidation is called.
    [Theory, MemberData(nameof(BuiltApps.Targets), MemberType = typeof(BuiltApps))]
    public void Every_body_is_validated(string target)
    {
        var validation = BuiltApps.Of(target).Services.GetRequiredService<IOptions<ValidationOptions>>().Value;
        Faults.AssertNone(
            "A request record, and every record in it, has to be public, and its module has to call AddValidation() itself; nothing switches it off.",
            from route in BuiltApps.RoutesOf(target)
            where route.BodyType is not null
            from type in Shapes.Of(route.BodyType!).Where(type => !type.IsEnum)
            where !type.IsVisible
                || (Shapes.MembersOf(type).Any(IsLimited) && !validation.TryGetValidatableTypeInfo(type, out _))
                || route.Endpoint.Metadata.GetMetadata<IDisableValidationMetadata>() is not null
            select $"{type.Name} of {route}");
    }

    [Fact]
    public void Every_text_in_a_body_has_an_end() => Faults.AssertNone(
        "Text from outside needs [property: StringLength(…)], or a pattern or list of words that leaves no room for more.",
        Fields.Where(field => Plain(field) == typeof(string) && !IsParsed(field) && !Refuses(field, LongText)).Select(Named));

    [Fact]
    public void Every_number_in_a_body_has_a_range() => Faults.AssertNone(
        "Numbers from outside need [property: Range(…)]: what is too large for a column or for a date is otherwise found out as a 500.",
        Fields.Where(field => (Plain(field).IsPrimitive || Plain(field) == typeof(decimal)) && Plain(field) != typeof(bool))
            .Where(field => !field.IsDefined(typeof(RangeAttribute))).Select(Named));

    [Fact]
    public void Every_list_in_a_body_has_an_end() => Faults.AssertNone(
        "A list from outside needs [property: MaxLength(…)].",
        Fields.Where(field => Plain(field) != typeof(string) && Plain(field).IsAssignableTo(typeof(IEnumerable)))
            .Where(field => !Refuses(field, Enumerable.Repeat(Guid.Empty, 100_000).ToArray())).Select(Named));

    private static Type Plain(PropertyInfo field) => Nullable.GetUnderlyingType(field.PropertyType) ?? field.PropertyType;

    private static bool IsParsed(PropertyInfo field) => field.IsDefined(typeof(JsonConverterAttribute));

    private static bool IsLimited(PropertyInfo field) => field.IsDefined(typeof(ValidationAttribute));

    private static bool Refuses(PropertyInfo field, object value) =>
        field.GetCustomAttributes<ValidationAttribute>().Any(rule => !rule.IsValid(value));

    private static string Named(PropertyInfo field) => $"{field.DeclaringType!.Name}.{field.Name}";
}

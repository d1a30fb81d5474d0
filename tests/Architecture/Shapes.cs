using System.Reflection;

namespace Portico.Tests.Architecture;

/// <summary>The types of ours that a caller sees: what is named in a signature, and what that is made of.</summary>
internal static class Shapes
{
    /// <summary>The type, what it is a kind of, and all that its public members hold.</summary>
    public static IReadOnlySet<Type> Of(params IEnumerable<Type> types)
    {
        HashSet<Type> found = [];
        var open = new Stack<Type>(types);
        while (open.TryPop(out var type))
        {
            foreach (var part in Parts(type).Where(IsOurs).Where(found.Add))
            {
                open.Push(part.BaseType ?? part);
                foreach (var member in MembersOf(part))
                {
                    open.Push(member.PropertyType);
                }
            }
        }

        return found;
    }

    public static IEnumerable<PropertyInfo> MembersOf(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite && property.GetIndexParameters().Length == 0);

    public static bool IsOurs(Type type) => type.Assembly.GetName().Name!.StartsWith("Portico.", StringComparison.Ordinal);

    // `Task<Results<Ok<Page<X>>, …>>`, `X[]`, `X?`: every type that is named.
    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type)
        : [type];
}

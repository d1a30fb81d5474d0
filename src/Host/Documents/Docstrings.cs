using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Portico.Host.Documents;

/// <summary>What the docstrings of an assembly say, from the file that the compiler writes beside it.</summary>
internal sealed partial class Docstrings(Assembly assembly)
{
    private readonly Dictionary<string, XElement> members = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml"))
        .Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);

    public string Of(Type type) => members.TryGetValue($"T:{type.FullName}", out var found) ? Text(found.Element("summary")) : "";

    /// <summary>Its own, or that of the parameter of the record it comes from.</summary>
    public string Of(PropertyInfo property)
    {
        if (members.TryGetValue($"P:{property.DeclaringType!.FullName}.{property.Name}", out var own) && own.Element("summary") is { } summary)
        {
            return Text(summary);
        }

        var record = members.GetValueOrDefault($"T:{property.DeclaringType.FullName}");
        return Text(record?.Elements("param").FirstOrDefault(parameter => parameter.Attribute("name")?.Value == property.Name));
    }

    private static string Text(XElement? said) =>
        said is null ? "" : Spaces.Replace(string.Concat(said.Nodes().Select(Text)), " ").Trim();

    private static string Text(XNode node) => node switch
    {
        XText plain => plain.Value,
        XElement { Name.LocalName: "paramref" } parameter => $"`{JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Attribute("name")!.Value)}`",
        XElement { Name.LocalName: "see" } see => $"`{see.Attribute("cref")!.Value.Split('.', ':')[^1]}`",
        XElement code => $"`{code.Value}`",
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces { get; }
}

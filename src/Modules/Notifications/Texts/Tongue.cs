namespace Portico.Notifications.Texts;

/// <summary>A language to say something in.</summary>
/// <param name="Language"><c>en</c> or <c>it</c>.</param>
internal sealed record Tongue(string Language)
{
    public string Say(string english, string italian) => Language == "it" ? italian : english;
}

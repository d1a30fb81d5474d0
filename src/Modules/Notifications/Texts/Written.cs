namespace Portico.Notifications.Texts;

/// <summary>What somebody reads.</summary>
/// <param name="Link">A path of the web application.</param>
internal sealed record Written(string Title, IReadOnlyList<string> Lines, string? Link = null, string? LinkText = null)
{
    public string Body => string.Join("\n", Lines);
}

/// <summary>What a text needs beside its fact.</summary>
/// <param name="Place">The location's name, where it is known.</param>
/// <param name="Secret">What opens an account; mails only.</param>
internal sealed record Telling(Tongue Tongue, string? Place, string? Secret = null)
{
    public string Say(string english, string italian) => Tongue.Say(english, italian);
}

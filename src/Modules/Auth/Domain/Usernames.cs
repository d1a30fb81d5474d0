namespace Portico.Auth.Domain;

/// <summary>
/// What a username may look like. It never holds an at sign, so that no name can be taken for somebody's e-mail address.
/// </summary>
internal static class Usernames
{
    public const string Pattern = @"^[A-Za-z0-9][A-Za-z0-9._-]{1,30}[A-Za-z0-9]$";
}

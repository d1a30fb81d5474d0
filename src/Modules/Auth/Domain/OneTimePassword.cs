using System.Security.Cryptography;

namespace Portico.Auth.Domain;

/// <summary>A password that somebody is given, to be read out or copied and then replaced by one of their own.</summary>
internal sealed record OneTimePassword(string Username, string Password)
{
    // Nothing that looks like something else: no 0 or o, no 1, l or i.
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";
    private const int Groups = 4;
    private const int GroupLength = 4;

    /// <summary>Sixteen letters and digits in four groups, 79 bits: <c>k7fm-x2dq-9hsv-tb4w</c>.</summary>
    public static string NewPassword() =>
        string.Join('-', Enumerable.Range(0, Groups).Select(_ => RandomNumberGenerator.GetString(Letters, GroupLength)));

    // A record prints its members: this one must not reach a log.
    public override string ToString() => $"a one-time password for {Username}";
}

using System.Text.Json;

namespace Portico.Host.EmbeddedPostgres;

internal static class RolePasswords
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    /// <summary>The passwords kept in the file, with new ones added for names that had none. Callers take turns.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> KeepAsync(
        string path, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var passwords = await ReadAsync(path, cancellationToken);
        var missing = names.Where(name => !passwords.ContainsKey(name)).ToList();
        foreach (var name in missing)
        {
            passwords[name] = SecretFile.NewPassword();
        }

        if (missing.Count > 0)
        {
            await SecretFile.WriteAsync(path, JsonSerializer.Serialize(passwords, Readable), cancellationToken);
        }

        return passwords;
    }

    private static async Task<SortedDictionary<string, string>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            await using var file = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync<SortedDictionary<string, string>>(file, cancellationToken: cancellationToken) ?? [];
        }
        catch (JsonException e)
        {
            throw new EmbeddedServerException(
                $"{path} is not readable JSON: restore it from a backup, or delete it and the roles get new passwords.", e);
        }
    }
}

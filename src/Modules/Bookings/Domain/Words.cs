using System.Text.Json;

namespace Portico.Bookings.Domain;

/// <summary>Enums as the database and the wire say them: snake_case words.</summary>
internal static class Words
{
    public static string Word<TEnum>(this TEnum value)
        where TEnum : struct, Enum => Of<TEnum>.ByValue[value];

    public static bool TryRead<TEnum>(string? word, out TEnum value)
        where TEnum : struct, Enum
    {
        value = default;
        return word is not null && Of<TEnum>.ByWord.TryGetValue(word, out value);
    }

    /// <summary>A word that this program wrote itself; any other is a bug.</summary>
    public static TEnum Read<TEnum>(string word)
        where TEnum : struct, Enum => Of<TEnum>.ByWord[word];

    private static class Of<TEnum>
        where TEnum : struct, Enum
    {
        public static readonly Dictionary<TEnum, string> ByValue =
            Enum.GetValues<TEnum>().ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

        public static readonly Dictionary<string, TEnum> ByWord = ByValue.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }
}

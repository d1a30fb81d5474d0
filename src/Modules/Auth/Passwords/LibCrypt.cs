using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Portico.Auth.Passwords;

/// <summary>The system's libxcrypt (Debian: libcrypt1). Its <c>_rn</c> functions keep no state of their own and answer null on failure.</summary>
internal static unsafe partial class LibCrypt
{
    // crypt.h: CRYPT_GENSALT_OUTPUT_SIZE and struct crypt_data, whose fields for the setting and the input are the caller's to use.
    public const int SettingSize = 192;
    private const int DataSize = 32768, SettingAt = 384, InputAt = 768, InputSize = 512;
    private const string Library = "libcrypt.so.1";

    /// <param name="prefix">Ends with a NUL.</param>
    public static bool TryMakeSetting(ReadOnlySpan<byte> prefix, int cost, ReadOnlySpan<byte> random, Span<byte> setting)
    {
        fixed (byte* start = prefix, bytes = random, output = setting)
        {
            return Gensalt(start, (nuint)cost, bytes, random.Length, output, setting.Length) is not null;
        }
    }

    /// <summary>False unless the setting is one for hashes that fill <paramref name="hash"/>.</summary>
    public static bool TryHash(ReadOnlySpan<byte> password, ReadOnlySpan<byte> setting, Span<byte> hash)
    {
        var work = (byte*)NativeMemory.AllocZeroed(DataSize);
        var data = new Span<byte>(work, DataSize);
        try
        {
            // One byte less than there is, so that a NUL is left at the end.
            setting.CopyTo(data[SettingAt..(InputAt - 1)]);
            password.CopyTo(data.Slice(InputAt, InputSize - 1));
            var made = Crypt(work + InputAt, work + SettingAt, work, DataSize);
            return made is not null
                && MemoryMarshal.CreateReadOnlySpanFromNullTerminated(made) is var text && text.Length == hash.Length && text.TryCopyTo(hash);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(data);
            NativeMemory.Free(work);
        }
    }

    [LibraryImport(Library, EntryPoint = "crypt_gensalt_rn")]
    private static partial byte* Gensalt(byte* prefix, nuint count, byte* random, int randomSize, byte* output, int outputSize);

    [LibraryImport(Library, EntryPoint = "crypt_rn")]
    private static partial byte* Crypt(byte* phrase, byte* setting, void* data, int size);
}

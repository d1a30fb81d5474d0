using System.Runtime.InteropServices;

namespace Portico.Platform.Messaging.Kafka;

/// <summary>The system's librdkafka in the place of that of a package. It is loaded where Kafka is configured and nowhere else.</summary>
internal static class LibRdKafka
{
    private static readonly string[] Names = ["librdkafka.so.1", "librdkafka.1.dylib", "librdkafka"];
    private static readonly Lock Loading = new();
    private static nint loaded;

    /// <summary>Whether it can be loaded: from that file, or else from where the system has its libraries.</summary>
    public static bool IsThere(string? file) =>
        (file is null ? Names : [file]).Any(name => NativeLibrary.TryLoad(name, out _));

    /// <summary>Has the client use it from now on; the first call decides for the process.</summary>
    public static void Use(string? file)
    {
        lock (Loading)
        {
            if (loaded != 0)
            {
                return;
            }

            loaded = (file is null ? Names : [file]).Select(name => NativeLibrary.TryLoad(name, out var library) ? library : 0).FirstOrDefault(library => library != 0);
            if (loaded == 0)
            {
                throw new DllNotFoundException("librdkafka cannot be loaded: apt-get install librdkafka1");
            }

            NativeLibrary.SetDllImportResolver(typeof(Confluent.Kafka.Library).Assembly, (name, _, _) =>
                name.EndsWith("librdkafka", StringComparison.Ordinal) ? loaded
                : name == "libdl" && NativeLibrary.TryLoad("libdl.so.2", out var libdl) ? libdl
                : 0);
        }
    }
}

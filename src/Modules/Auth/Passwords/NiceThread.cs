using System.Runtime.InteropServices;

namespace Portico.Auth.Passwords;

/// <summary>On Linux the runtime ignores ThreadPriority; a thread has a nice value of its own there, which the scheduler heeds.</summary>
internal static partial class NiceThread
{
    private const int PrioProcess = 0;

    public static bool TryLowerCurrent(int nice) =>
        !OperatingSystem.IsLinux() || SetPriority(PrioProcess, (uint)GetThreadId(), nice) == 0;

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int nice);

    [LibraryImport("libc", EntryPoint = "gettid")]
    private static partial int GetThreadId();
}

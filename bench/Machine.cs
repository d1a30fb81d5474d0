using System.Globalization;

namespace Portico.Bench;

/// <summary>What the figures depend on besides Portico.</summary>
internal static class Machine
{
    /// <summary>The load average of the last minute: well above zero at the start means that somebody else is working here.</summary>
    public static string Load() => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    public static string Describe()
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
        return $"{model ?? "unknown processor"}, load {Load()}";
    }

    /// <summary>Resident memory of one process, in MB.</summary>
    public static double ResidentMegabytes(int processId) => Kilobytes($"/proc/{processId}/status", "VmRSS:") / 1024;

    /// <summary>Memory of a process and its children in MB, what they share counted once.</summary>
    public static double FamilyMegabytes(int processId) =>
        Family(processId).Sum(member => Kilobytes($"/proc/{member}/smaps_rollup", "Pss:")) / 1024;

    private static IEnumerable<int> Family(int parent) =>
        from folder in Directory.EnumerateDirectories("/proc")
        let id = int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var number) ? number : 0
        where id == parent || (id > 0 && ParentOf(id) == parent)
        select id;

    // The name stands in brackets and may hold blanks; the parent is the second field after it.
    private static int ParentOf(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static double Kilobytes(string file, string field)
    {
        try
        {
            var line = File.ReadLines(file).First(line => line.StartsWith(field, StringComparison.Ordinal));
            return double.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        }
        catch (IOException) when (field == "Pss:")
        {
            // A worker of the database that has just ended.
            return 0;
        }
    }
}

namespace Portico.Auth.Domain;

/// <summary>How long to wait after how many failures.</summary>
/// <param name="Allowed">This many failures in a window block for the first time.</param>
/// <param name="First">How long that is.</param>
/// <param name="Longest">Each further failure doubles it, up to this.</param>
internal sealed record FailureBlock(int Allowed, TimeSpan First, TimeSpan Longest)
{
    /// <summary>The wait that the given failure brings, or null when it was one of those that are forgiven.</summary>
    public TimeSpan? After(int failures)
    {
        if (failures < Allowed)
        {
            return null;
        }

        var wait = First;
        for (var over = failures - Allowed; over > 0 && wait < Longest; over--)
        {
            wait *= 2;
        }

        return wait < Longest ? wait : Longest;
    }
}

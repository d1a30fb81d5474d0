namespace Portico.Contracts.Demo;

/// <summary>The locations of the demonstration data.</summary>
public static class DemoPlaces
{
    public static readonly Guid Milano = new("0190a000-0000-7000-8000-000000000001");
    public static readonly Guid Torino = new("0190a000-0000-7000-8000-000000000002");
    public static readonly Guid NewYork = new("0190a000-0000-7000-8000-000000000003");
}

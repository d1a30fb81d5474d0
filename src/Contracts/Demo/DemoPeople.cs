using Portico.Contracts.Auth;

namespace Portico.Contracts.Demo;

/// <summary>The people of the demonstration data. Every module that shows them knows them by these ids.</summary>
public static class DemoPeople
{
    /// <summary>Manages Milano.</summary>
    public static readonly DemoPerson Marta = Person(1, "marta", "Marta", "Bianchi", Roles.Manager);

    /// <summary>Manages New York.</summary>
    public static readonly DemoPerson Giulia = Person(2, "giulia", "Giulia", "Romano", Roles.Manager);

    /// <summary>The device at the door of Milano.</summary>
    public static readonly DemoPerson KioskMilano = new(Id(3), "kiosk-milano", null, "Door", "Milano", Roles.Kiosk);

    /// <summary>The device at the door of New York.</summary>
    public static readonly DemoPerson KioskNewYork = new(Id(4), "kiosk-newyork", null, "Door", "New York", Roles.Kiosk);

    /// <summary>Those who come to work.</summary>
    public static readonly IReadOnlyList<DemoPerson> Members =
    [
        Person(11, "luca", "Luca", "Ferrari", Roles.Member),
        Person(12, "sofia", "Sofia", "Esposito", Roles.Member),
        Person(13, "matteo", "Matteo", "Ricci", Roles.Member),
        Person(14, "aisha", "Aisha", "Rahman", Roles.Member),
        Person(15, "daniel", "Daniel", "O'Connor", Roles.Member),
        Person(16, "chiara", "Chiara", "Colombo", Roles.Member),
        Person(17, "wei", "Wei", "Zhang", Roles.Member),
        Person(18, "elena", "Elena", "Marino", Roles.Member),
        Person(19, "tomas", "Tomáš", "Novák", Roles.Member),
        Person(20, "ines", "Inés", "García", Roles.Member),
        Person(21, "grace", "Grace", "Thompson", Roles.Member),
        Person(22, "yuki", "Yuki", "Tanaka", Roles.Member),
    ];

    /// <summary>Everybody, staff and devices first.</summary>
    public static readonly IReadOnlyList<DemoPerson> All = [Marta, Giulia, KioskMilano, KioskNewYork, .. Members];

    private static DemoPerson Person(int number, string username, string name, string surname, string role) =>
        new(Id(number), username, $"{username}@portico.example", name, surname, role);

    // A UUIDv7 of 1 January 2025, so that these sort before everybody who comes later.
    private static Guid Id(int number) => Guid.Parse($"01941f29-7c00-7000-8000-{number:d12}");
}

/// <summary>Somebody in the demonstration data.</summary>
/// <param name="Email">Under <c>.example</c>, which no mail ever reaches; null for devices.</param>
public sealed record DemoPerson(Guid Id, string Username, string? Email, string? Name, string? Surname, string Role);

using Portico.Auth.Passwords;

namespace Portico.Tests.Modules.Passwords;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("correct horse")]
    [InlineData("xkq7wvzt")]
    [InlineData("短い合言葉です。")]
    [InlineData("        ~ wide open        ")]
    [InlineData("my password1")]
    [InlineData("passwordless login")]
    public void A_good_password_is_taken(string password) => Assert.Null(Refuse(password));

    [Theory]
    [InlineData("")]
    [InlineData("xkq7wvz")]
    [InlineData("e\u0301e\u0301e\u0301e\u0301")]
    [InlineData("👨‍👩‍👧‍👦👨‍👩‍👧")]
    [InlineData("短い合言葉だ。")]
    public void Under_eight_characters_as_people_count_them_is_too_short(string password) =>
        Assert.Equal("password-too-short", Refuse(password));

    [Theory]
    [InlineData("xk", 36)]
    [InlineData("é", 36)]
    [InlineData("語", 24)]
    [InlineData("🦊", 18)]
    public void Over_seventy_two_bytes_is_too_long(string part, int times)
    {
        var longest = string.Concat(Enumerable.Repeat(part, times));

        Assert.Null(Refuse(longest));
        Assert.Equal("password-too-long", Refuse(longest + "a"));
        Assert.Equal("password-too-long", Refuse(string.Concat(Enumerable.Repeat(longest, 10_000))));
    }

    [Theory]
    [InlineData("correct\0horse")]
    [InlineData("correct\thorse")]
    [InlineData("correct\nhorse")]
    [InlineData("correct\u007fhorse")]
    [InlineData("correct\u0085horse")]
    [InlineData("a\0")]
    public void Control_characters_are_unusable(string password) => Assert.Equal("password-unusable", Refuse(password));

    [Fact]
    public void Half_a_character_is_unusable() => Assert.Equal("password-unusable", Refuse("correct horse \ud83e"));

    [Theory]
    [InlineData("password")]
    [InlineData("PassWord")]
    [InlineData("password1")]
    [InlineData("password2031!")]
    [InlineData("Sunshine#")]
    [InlineData("12345678")]
    [InlineData("12345678!")]
    [InlineData("1234567890-=")]
    [InlineData("QWERTYUIOP[]")]
    public void Common_passwords_are_refused_with_or_without_signs_at_their_end(string password) =>
        Assert.Equal("password-common", Refuse(password));

    [Theory]
    [InlineData("Margherita.Hack")]
    [InlineData("margherita.hack")]
    [InlineData("M.Hack.1922@Example.org")]
    [InlineData("m.hack.1922")]
    public void A_name_is_no_password(string password) =>
        Assert.Equal("password-is-name", PasswordRules.Refuse(password, "margherita.hack", "m.hack.1922@example.org"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("no address at all")]
    public void An_odd_address_refuses_nothing(string? email) => Assert.Null(PasswordRules.Refuse("correct horse", "hack", email));

    [Fact]
    public void The_list_is_of_thousands_of_lower_case_passwords_long_enough_to_matter()
    {
        Assert.InRange(CommonPasswords.All.Count, 3_000, 100_000);
        Assert.All(CommonPasswords.All, password =>
        {
            Assert.Equal(password.ToLowerInvariant(), password);
            Assert.Equal("password-common", Refuse(password));
        });
    }

    private static string? Refuse(string password) => PasswordRules.Refuse(password, "margherita.hack", "m.hack.1922@example.org");
}

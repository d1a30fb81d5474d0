using System.ComponentModel.DataAnnotations;
using FsCheck;
using FsCheck.Fluent;
using Portico.Auth.Domain;
using Portico.Auth.Throttling;

namespace Portico.Tests.Modules.Auth;

public sealed class NamesAndAddressesTests
{
    private static readonly RegularExpressionAttribute Email = new(PersonalDetails.Email);

    [Theory]
    [InlineData("anna")]
    [InlineData("a1b")]
    [InlineData("Anna.Maria_O-Neil")]
    [InlineData("abcdefghijklmnopqrstuvwxyz012345")]
    public void These_are_usernames(string name) => Assert.Matches(Usernames.Valid, name);

    [Theory]
    [InlineData("an")]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456")]
    [InlineData("anna@space.example")]
    [InlineData(".anna")]
    [InlineData("anna-")]
    [InlineData("anna maria")]
    [InlineData("änna")]
    [InlineData("anna\n")]
    public void These_are_not(string name) => Assert.False(new RegularExpressionAttribute(Usernames.Pattern).IsValid(name));

    [Fact]
    public void No_username_can_be_taken_for_an_address() => Prop.ForAll<NonNull<string>>(text =>
        !(Usernames.Valid.IsMatch(text.Get) && text.Get.Contains('@'))).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("anna@space.example", true)]
    [InlineData("anna+desk@mail.space.example", true)]
    [InlineData("änna@bücher.example", true)]
    [InlineData("anna", false)]
    [InlineData("anna@space", false)]
    [InlineData("anna@space..example", false)]
    [InlineData("@space.example", false)]
    [InlineData("an na@space.example", false)]
    [InlineData("a@b@space.example", false)]
    [InlineData("anna@space.example\nBcc: all@space.example", false)]
    [InlineData("anna@space.example,all@space.example", false)]
    [InlineData("<anna@space.example>", false)]
    public void An_address_is_one_that_mail_can_be_sent_to(string address, bool valid) => Assert.Equal(valid, Email.IsValid(address));

    [Theory]
    [InlineData("anna", "anna")]
    [InlineData("anna@space.example", "anna@space.example")]
    [InlineData("correct horse battery", "")]
    [InlineData("S3cret!", "")]
    [InlineData("", "")]
    public void What_looks_like_a_password_in_the_name_field_is_not_logged(string typed, string logged) => Assert.Equal(logged, Usernames.ToLog(typed));

    [Fact]
    public void A_logged_name_is_short() =>
        Assert.Equal(64, Usernames.ToLog($"{new string('a', 60)}@{new string('b', 100)}.example").Length);

    [Fact]
    public void Cutting_a_text_never_halves_a_character() => Prop.ForAll<NonNull<string>, PositiveInt>((text, longest) =>
    {
        var whole = string.Concat(Enumerable.Repeat("🏢", 3)) + text.Get;
        var cut = PersonalDetails.Shorten(whole, longest.Get);
        return cut.Length <= longest.Get && whole.StartsWith(cut, StringComparison.Ordinal) && (cut.Length == 0 || !char.IsHighSurrogate(cut[^1]) || cut.Length == whole.Length);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_block_refuses_with_a_name_however_it_is_written()
    {
        Assert.Equal(Subject.Name("Anna@Space.example"), Subject.Name("anna@space.EXAMPLE"));
        Assert.NotEqual(Subject.Name("anna"), Subject.NameAt("anna", "192.0.2.1"));
    }
}

using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Portico.Auth.Passwords;

namespace Portico.Tests.Modules.Passwords;

public sealed class BcryptTests
{
    private const int Cheap = 4;
    private const string Known = "CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

    // From crypt_blowfish's wrapper.c (public domain). What is plain ASCII has one digest under all three prefixes.
    [Theory]
    [InlineData("U*U", Known)]
    [InlineData("U*U*", "CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK")]
    [InlineData("U*U*U", "XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a")]
    [InlineData("", "CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy")]
    [InlineData("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", "abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui")]
    public void Known_hashes_are_verified_under_every_prefix(string password, string saltAndDigest)
    {
        Assert.All(["$2a$05$", "$2b$05$", "$2y$05$"], prefix =>
        {
            Assert.True(Bcrypt.Verify(password, prefix + saltAndDigest));
            Assert.False(Bcrypt.Verify("U*V", prefix + saltAndDigest));
        });
    }

    // Same source. They catch the sign extension that $2x$ hashes suffer from.
    [Theory]
    [InlineData("$2b$05$/OK.fbVrR/bpIqNJ5ianF.Sa7shbm4.OzKpvFnX1pQLmQW96oUlCq", "A3")]
    [InlineData("$2y$05$/OK.fbVrR/bpIqNJ5ianF.Sa7shbm4.OzKpvFnX1pQLmQW96oUlCq", "A3")]
    [InlineData("$2a$05$/OK.fbVrR/bpIqNJ5ianF.Sa7shbm4.OzKpvFnX1pQLmQW96oUlCq", "A3")]
    [InlineData("$2b$05$/OK.fbVrR/bpIqNJ5ianF.CE5elHaaO4EbggVDjb8P19RukzXSM3e", "FFFFA3")]
    [InlineData("$2y$05$/OK.fbVrR/bpIqNJ5ianF.CE5elHaaO4EbggVDjb8P19RukzXSM3e", "FFFFA3")]
    [InlineData("$2a$05$/OK.fbVrR/bpIqNJ5ianF.nqd1wy.pTMdcvrRWxyiGL2eMz.2a85.", "FFFFA3")]
    [InlineData("$2y$05$/OK.fbVrR/bpIqNJ5ianF.nRht2l/HRhr6zmCp9vYUvvsqynflf9e", "FFA3333435")]
    public void Known_hashes_of_bytes_are_verified(string hash, string bytes)
    {
        Assert.True(Bcrypt.Verify(Convert.FromHexString(bytes), hash));
        Assert.False(Bcrypt.Verify(Convert.FromHexString(bytes + "21"), hash));
    }

    // Made with bcryptjs 2.4.3, an implementation of its own.
    [Theory]
    [InlineData("pässwörd", "$2a$05$H5ZJMMRvqRpAjRCb8a2gWeqt2HjPXdf/rWlxcjfgBvEFtRT7.niTu")]
    [InlineData("パスワード", "$2a$05$F4q46njOHBoaTUJdqbLK5.Y6yG.gvo0.nCpCpU4GiA8rjPN1L2dom")]
    [InlineData("🦊🦊🦊 naïve", "$2a$05$4cHoRyPLctwErbolmmID9eB1tMgRy4/GjUlKohJuMJnwYVefP9Hl2")]
    [InlineData("ёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёё", "$2a$05$AP6eSd/8q86gty4NN0GnFeWTRKDq2dhplGJKUxOMvG2ekJ9giQYxW")]
    public void Hashes_of_other_alphabets_made_elsewhere_are_verified(string password, string hash)
    {
        Assert.True(Bcrypt.Verify(password, hash));
        Assert.False(Bcrypt.Verify(password[..^2], hash));
    }

    [Fact]
    public void A_hash_verifies_its_password_and_no_other()
    {
        var hash = Bcrypt.Hash("correct horse 🐎", Cheap);

        Assert.StartsWith("$2b$04$", hash, StringComparison.Ordinal);
        Assert.Equal(60, hash.Length);
        Assert.Equal(Cheap, Bcrypt.CostOf(hash));
        Assert.True(Bcrypt.Verify("correct horse 🐎", hash));
        Assert.All(["Correct horse 🐎", "correct horse", "correct horse 🐎 ", ""], wrong => Assert.False(Bcrypt.Verify(wrong, hash)));
        Assert.NotEqual(hash, Bcrypt.Hash("correct horse 🐎", Cheap));
    }

    [Theory]
    [InlineData("a", 72)]
    [InlineData("é", 36)]
    [InlineData("語", 24)]
    [InlineData("🦊", 18)]
    public void Seventy_two_bytes_all_count_and_one_more_is_refused(string character, int times)
    {
        var longest = string.Concat(Enumerable.Repeat(character, times));
        var hash = Bcrypt.Hash(longest, Cheap);

        Assert.Equal(Bcrypt.LongestPassword, Encoding.UTF8.GetByteCount(longest));
        Assert.True(Bcrypt.Verify(longest, hash));
        Assert.False(Bcrypt.Verify(longest[..^character.Length] + "b", hash));
        Assert.False(Bcrypt.Accepts(longest + "a"));
        Assert.Throws<ArgumentException>(() => Bcrypt.Hash(longest + "a", Cheap));
        Assert.Throws<ArgumentException>(() => Bcrypt.Verify(longest + "a", hash));
    }

    [Fact]
    public void A_nul_and_a_lone_surrogate_are_refused()
    {
        Assert.All(["\0", "abc\0def", "password\0", "abc\ud83e", "\udd8aabc"], password =>
        {
            Assert.False(Bcrypt.Accepts(password));
            Assert.Throws<ArgumentException>(() => Bcrypt.Hash(password, Cheap));
            Assert.Throws<ArgumentException>(() => Bcrypt.Verify(password, "$2b$05$" + Known));
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("U*U")]
    [InlineData("*0")]
    [InlineData("$2b$05$")]
    [InlineData("$2$05$" + Known)]
    [InlineData("$2c$05$" + Known)]
    [InlineData("$2x$05$" + Known)]
    [InlineData("$2b$03$" + Known)]
    [InlineData("$2b$17$" + Known)]
    [InlineData("$2b$31$" + Known)]
    [InlineData("$2b$99$" + Known)]
    [InlineData("$2b$ 5$" + Known)]
    [InlineData("$2b$+5$" + Known)]
    [InlineData("$2b$5$" + Known)]
    [InlineData("$2b$05$" + Known + "A")]
    [InlineData("$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOe")]
    [InlineData("$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOe:")]
    [InlineData("$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOe\0")]
    [InlineData("$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeé")]
    [InlineData("$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjlO/O817G3uBnIFNjnQJu")]
    public void What_is_no_hash_has_no_cost_and_verifies_nothing(string malformed)
    {
        Assert.Null(Bcrypt.CostOf(malformed));
        Assert.False(Bcrypt.Verify("U*U", malformed));
    }

    [Fact]
    public void No_damage_to_a_hash_makes_it_throw_or_verify() => Prop
        .ForAll<int, char>((place, put) =>
        {
            var hash = ("$2b$04$" + Known).ToCharArray();
            // The cost is left alone: a dearer hash is well-formed and only slow.
            var damaged = 7 + (int)((uint)place % 53);
            hash[damaged] = put;
            return !Bcrypt.Verify("U*U", new string(hash));
        })
        .Check(Config.QuickThrowOnFailure.WithReplay(20260101, 7));
}

using Portico.Platform.Web;

namespace Portico.Tests.Modules.Web;

public sealed class ProblemsTests
{
    [Theory, InlineData("status"), InlineData("code"), InlineData("detail")]
    public void What_a_problem_has_already_it_is_not_given_once_more(string name) =>
        Assert.Throws<ArgumentException>(() => Problems.Conflict("booking-state", "It cannot be done as it stands.", (name, "expired")));
}

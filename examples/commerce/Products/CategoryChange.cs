using Commerce.Shared.Web;

namespace Commerce.Products;

/// <summary>The body of a category's creation (then with a name) and of its partial update.</summary>
internal sealed record CategoryChange
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    public void Validate(bool creating)
    {
        var violations = new Violations();
        violations.Require(!creating || Name is not null, "/name", "is required");
        violations.Text(Name, "/name", 100);
        violations.Text(Description, "/description", 1000, shortest: 0);
        violations.ThrowIfAny();
    }
}

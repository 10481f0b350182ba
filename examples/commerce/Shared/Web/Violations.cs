namespace Commerce.Shared.Web;

/// <summary>Collects everything that is wrong with a request, so that the caller hears of all of it at once.</summary>
internal sealed class Violations
{
    private readonly List<FieldError> _found = [];

    public void Add(string pointer, string detail) => _found.Add(new FieldError(pointer, detail));

    public void Require(bool condition, string pointer, string detail)
    {
        if (!condition)
            Add(pointer, detail);
    }

    public void Text(string? value, string pointer, int longest, int shortest = 1) =>
        Require(value is null || (value.Trim().Length >= shortest && value.Length <= longest),
            pointer, $"must have {shortest} to {longest} characters");

    public void ThrowIfAny()
    {
        if (_found.Count > 0)
            throw ApiException.Invalid([.. _found]);
    }
}

using Headgate.OpenApi.Schemas;

namespace Headgate.Gateway.Policies.Validation.Forms;

/// <summary>What is wanted of a form. Immutable and thread-safe.</summary>
internal sealed class FormPlan
{
    private readonly SchemaShape _wanted;
    private readonly FormField[] _fields;
    private readonly FormField _other;

    /// <param name="wanted">What the form's schema wants.</param>
    /// <param name="other">The field for names that are none of its members.</param>
    /// <param name="fields">One for each of its members.</param>
    public FormPlan(SchemaShape wanted, FormField other, FormField[] fields)
    {
        _wanted = wanted;
        _fields = fields;
        _other = other;
        Styled = [.. fields.Where(field => field.Style is not null)];
        Pairs = new PairParameters([.. Styled.Select(field => field.Style!)]);
    }

    /// <summary>The fields that are written like query parameters.</summary>
    public FormField[] Styled { get; }

    /// <summary>The pairs of those.</summary>
    public PairParameters Pairs { get; }

    /// <summary>The field of a name.</summary>
    public FormField Find(ReadOnlySpan<byte> name)
    {
        int member = _wanted.Find(name);
        return member < 0 ? _other : _fields[member];
    }
}

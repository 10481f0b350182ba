using System.Text;

namespace Headgate.Gateway.Json;

/// <summary>Fields of a JSON text by their names, one level deep each. Immutable once built, then thread-safe.</summary>
internal sealed class FieldTree
{
    private readonly List<(byte[] Name, FieldTree Fields)> _members = [];

    /// <summary>Nothing of an object.</summary>
    public static FieldTree Empty { get; } = new();

    /// <summary>Whether the value is kept whole.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>The tree of fields that are names joined by dots. A field that is named itself is kept whole, whatever is named of it.</summary>
    public static FieldTree Of(IEnumerable<string> fields)
    {
        var root = new FieldTree();
        foreach (string field in fields)
            root.Add(field.Split('.'));
        return root;
    }

    /// <summary>What is kept of a member; null for nothing.</summary>
    /// <param name="quoted">Its name as it is written, with its quotes.</param>
    public FieldTree? Find(ReadOnlySpan<byte> quoted)
    {
        foreach ((byte[] name, FieldTree fields) in _members)
        {
            if (JsonNames.AreEqual(quoted, name))
                return fields;
        }

        return null;
    }

    private void Add(ReadOnlySpan<string> names)
    {
        if (names.IsEmpty)
        {
            IsWhole = true;
            return;
        }

        byte[] name = Encoding.UTF8.GetBytes(names[0]);
        FieldTree? fields = _members.Find(member => member.Name.AsSpan().SequenceEqual(name)).Fields;
        if (fields is null)
            _members.Add((name, fields = new FieldTree()));
        fields.Add(names[1..]);
    }
}

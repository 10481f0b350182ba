namespace Headgate.OpenApi.Reading;

/// <summary>An object: members in document order, looked up by key in constant time once it has more than a few.</summary>
public sealed class ObjectNode(SourceFile file, int line, int column) : DocumentNode(file, line, column)
{
    private const int IndexThreshold = 12;

    private readonly List<ObjectMember> _members = [];
    private Dictionary<string, int>? _index;

    /// <summary>
    /// The grammar rule under which the structure check visited this object, so that each is checked once however many
    /// references lead to it. Belongs to the load that built the tree.
    /// </summary>
    internal object? CheckedAs { get; set; }

    /// <summary>The members in the order of the document. Keys are unique: readers report duplicates.</summary>
    public IReadOnlyList<ObjectMember> Members => _members;

    /// <summary>The same as <see cref="Members"/>, for loops over whole documents: enumerating a list by its type allocates nothing.</summary>
    internal List<ObjectMember> MemberList => _members;

    /// <inheritdoc/>
    public override string KindName => "object";

    /// <summary>The value under a key, or null.</summary>
    public DocumentNode? this[string key] => Find(key) is >= 0 and int at ? _members[at].Value : null;

    /// <summary>Whether there is a member of that key.</summary>
    public bool Contains(string key) => Find(key) >= 0;

    /// <summary>Adds a member, or returns false (and changes nothing) when the key is there already.</summary>
    internal bool TryAdd(ObjectMember member)
    {
        if (Find(member.Key) >= 0)
            return false;
        member.Value.Parent = this;
        _members.Add(member);
        _index?.Add(member.Key, _members.Count - 1);
        return true;
    }

    /// <summary>Sets a member, in place of one of the same key where there is one.</summary>
    internal void Set(ObjectMember member)
    {
        int at = Find(member.Key);
        if (at < 0)
        {
            TryAdd(member);
            return;
        }

        member.Value.Parent = this;
        _members[at] = member;
    }

    /// <summary>Removes the members that hold any of these values.</summary>
    internal void RemoveAll(IReadOnlySet<DocumentNode> values)
    {
        _members.RemoveAll(member => values.Contains(member.Value));
        _index = null;
    }

    private int Find(string key)
    {
        if (_members.Count <= IndexThreshold)
        {
            for (int i = 0; i < _members.Count; i++)
            {
                if (_members[i].Key == key)
                    return i;
            }

            return -1;
        }

        Dictionary<string, int> index = _index ??= BuildIndex();
        return index.TryGetValue(key, out int at) ? at : -1;
    }

    // Complete before it is published, because trees are read by several threads.
    private Dictionary<string, int> BuildIndex()
    {
        var index = new Dictionary<string, int>(_members.Count, StringComparer.Ordinal);
        for (int i = 0; i < _members.Count; i++)
            index.Add(_members[i].Key, i);
        return index;
    }

    private protected override string StepTo(DocumentNode child) =>
        _members.Find(member => ReferenceEquals(member.Value, child)).Key;
}

using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Headgate.Gateway.Policies.Jwt;

/// <summary>The names of an object's members so far, to find one that stands twice however it is escaped.</summary>
/// <param name="room">As many bytes as the object has.</param>
internal ref struct MemberNames(Span<byte> room)
{
    /// <summary>The most members that an object of a token may have.</summary>
    public const int Most = 128;

    private readonly Span<byte> _room = room;
    private Ends _ends;
    private int _count;

    /// <summary>Notes the name at which the reader stands.</summary>
    /// <returns>Whether it is new, and there is room for it.</returns>
    public bool Add(ref Utf8JsonReader reader)
    {
        if (_count == Most)
            return false;
        int start = _count == 0 ? 0 : _ends[_count - 1];
        int length = reader.CopyString(_room[start..]);
        ReadOnlySpan<byte> name = _room.Slice(start, length);
        for (int i = 0, at = 0; i < _count; at = _ends[i++])
        {
            if (_room[at.._ends[i]].SequenceEqual(name))
                return false;
        }

        _ends[_count++] = start + length;
        return true;
    }

    [InlineArray(Most)]
    private struct Ends
    {
        private int _first;
    }
}

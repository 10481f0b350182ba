namespace Headgate.Gateway.Routing;

/// <summary>
/// Path and method to operation: a trie over path segments, compiled once. Matching costs one step per segment, whatever
/// the number of operations. Immutable, thread-safe.
/// </summary>
/// <remarks>
/// Precedence as OpenAPI has it: literal segments before templated ones, from left to right, with a way back where the literal branch leads
/// nowhere. The path is decided before the method: <c>PUT /users/me</c> is 405 when only <c>GET /users/me</c> is declared, even beside <c>PUT /users/{id}</c>.
/// </remarks>
public sealed class RouteTable
{
    private readonly RouteNode _root;

    internal RouteTable(RouteNode root) => _root = root;

    /// <summary>The table without routes.</summary>
    public static RouteTable Empty { get; } = new RouteTableBuilder().Build();

    /// <summary>Finds the operation for a method and a normal path; the parameters' values go to <paramref name="values"/>.</summary>
    internal RouteMatch Match(string method, string path, PathValues values)
    {
        values.Begin(path);
        MethodTable? methods = path.Length > 0 && path[0] == '/' ? Find(_root, path, 1, values) : null;
        return new RouteMatch(methods?.Find(method), methods);
    }

    private static MethodTable? Find(RouteNode node, string path, int start, PathValues values)
    {
        int slash = path.AsSpan(start).IndexOf('/');
        int end = slash < 0 ? path.Length : start + slash;
        ReadOnlySpan<char> segment = path.AsSpan(start, end - start);

        if (node.Literal(segment) is { } literal && Continue(literal, path, end, values) is { } found)
            return found;
        if (segment.Length == 0)
            return null;

        int mark = values.Count;
        foreach (MixedSegment mixed in node.Mixed)
        {
            if (mixed.Match(path, start, end, values) && Continue(mixed.Next, path, end, values) is { } mixedFound)
                return mixedFound;
            values.PopTo(mark);
        }

        if (node.Parameter is null)
            return null;
        values.Push(start, end - start);
        if (Continue(node.Parameter, path, end, values) is { } parameterFound)
            return parameterFound;
        values.PopTo(mark);
        return null;
    }

    private static MethodTable? Continue(RouteNode node, string path, int end, PathValues values) =>
        end == path.Length ? node.Methods : Find(node, path, end + 1, values);
}

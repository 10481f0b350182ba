namespace Headgate.OpenApi.Schemas.Rules;

/// <summary>The schema resources that were entered on the way to the current schema (JSON Schema Core 2020-12 §7.1). Kept only for schemas that use <c>$dynamicRef</c>.</summary>
internal sealed class DynamicScope
{
    private object[] _resources = new object[16];
    private int _count;

    public void Clear() => _count = 0;

    public void Enter(object resource)
    {
        if (_count == _resources.Length)
            Array.Resize(ref _resources, _count * 2);
        _resources[_count++] = resource;
    }

    public void Leave() => _count--;

    /// <summary>The outermost resource first.</summary>
    public ReadOnlySpan<object> Resources => _resources.AsSpan(0, _count);
}

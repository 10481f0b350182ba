using System.Reflection;

namespace Headgate.OpenApi.Extensions.Shapes;

/// <summary>Sets a property of one type.</summary>
internal sealed class PropertySetter<TRecord, TValue>(MethodInfo method) : PropertySetter
    where TRecord : class
{
    private readonly Action<TRecord, TValue> _set = method.CreateDelegate<Action<TRecord, TValue>>();

    public override void Set(object record, object value) => _set((TRecord)record, (TValue)value);
}

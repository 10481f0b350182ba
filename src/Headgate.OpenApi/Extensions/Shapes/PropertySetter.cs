using System.Reflection;

namespace Headgate.OpenApi.Extensions.Shapes;

/// <summary>
/// Sets a property of a record. A delegate to the setter itself: reflection's own invokers compile code for each property, which
/// costs a cold start more than all binding.
/// </summary>
internal abstract class PropertySetter
{
    /// <summary>Makes the setter of a property, which may be <c>init</c>.</summary>
    public static PropertySetter For(PropertyInfo property)
    {
        MethodInfo method = property.SetMethod ?? throw new InvalidOperationException($"{property.DeclaringType}.{property.Name} cannot be set.");
        Type type = typeof(PropertySetter<,>).MakeGenericType(method.DeclaringType!, property.PropertyType);
        return (PropertySetter)Activator.CreateInstance(type, method)!;
    }

    /// <summary>Sets the property of a record to a value of its type.</summary>
    public abstract void Set(object record, object value);
}

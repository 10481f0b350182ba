using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Values;

namespace Headgate.OpenApi.Extensions.Shapes;

/// <summary>Makes the shape of a property from its type and its <see cref="SettingAttribute"/>. Record shapes are made once per type.</summary>
internal static class ShapeFactory
{
    private static readonly ConcurrentDictionary<Type, RecordShape> s_records = new();

    /// <summary>The shape of a record type.</summary>
    public static RecordShape ForRecord(Type type) => s_records.GetOrAdd(type, static key => new RecordShape(key));

    /// <summary>The shape of a property's values.</summary>
    /// <exception cref="NotSupportedException">The binder cannot read that type: a mistake in the record's declaration.</exception>
    public static ValueShape For(PropertyInfo property, SettingAttribute setting)
    {
        Type type = property.PropertyType;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            Type item = type.GetGenericArguments()[0];
            return Make(typeof(ListShape<>), item, ForValue(item, setting), CountOf(setting), setting.AllowSingle);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
        {
            Type value = type.GetGenericArguments()[1];
            return Make(typeof(MapShape<>), value, ForMapValue(value, setting), setting.KeyFormat, CountOf(setting));
        }

        return ForValue(Nullable.GetUnderlyingType(type) ?? type, setting);
    }

    // A map may hold lists of single values: { mobile: [id, name] }.
    private static ValueShape ForMapValue(Type type, SettingAttribute setting)
    {
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IReadOnlyList<>))
            return ForValue(type, setting);
        Type item = type.GetGenericArguments()[0];
        return Make(typeof(ListShape<>), item, ForValue(item, setting), null, setting.AllowSingle);
    }

    private static ValueShape ForValue(Type type, SettingAttribute setting)
    {
        if (type == typeof(string))
            return new StringShape(setting.Format);
        if (type == typeof(bool))
            return new BooleanShape();
        if (type == typeof(int) || type == typeof(long))
            return new IntegerShape(type == typeof(long), setting.Range);
        if (type == typeof(double))
            return new NumberShape(setting.Range);
        if (type == typeof(Duration))
            return new QuantityShape<Duration>(QuantityNotations.Duration, setting.Range);
        if (type == typeof(ByteSize))
            return new QuantityShape<ByteSize>(QuantityNotations.Size, setting.Range);
        if (type.IsEnum)
            return new EnumShape(type);
        if (type == typeof(DocumentNode))
            return new NodeShape();
        return ForValueObject(type);
    }

    private static ValueShape ForValueObject(Type type)
    {
        if (type == typeof(ValueExpression))
            return new ExpressionShape();
        if (type == typeof(TargetTemplate))
            return new TargetShape();
        if (type == typeof(JsonPointer))
            return new PointerShape();
        if (type == typeof(SecretReference))
            return new SecretShape();
        if (type == typeof(DateTimeOffset))
            return new InstantShape();
        if (type.GetCustomAttribute<SettingTextAttribute>() is { } text)
            return Make(typeof(ParsableShape<>), type, text);
        if (type.IsClass && type.GetProperties().Any(property => property.IsDefined(typeof(SettingAttribute))))
            return ForRecord(type);
        throw new NotSupportedException($"{type} cannot be read from a document.");
    }

    private static ValueRange<long>? CountOf(SettingAttribute setting) => ValueRange<long>.Parse(
        setting.Count, text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : null);

    private static ValueShape Make(Type shape, Type value, params object?[] arguments) =>
        (ValueShape)Activator.CreateInstance(shape.MakeGenericType(value), arguments)!;
}

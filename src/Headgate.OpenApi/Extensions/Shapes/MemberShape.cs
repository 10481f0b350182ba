using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Headgate.OpenApi.Extensions.Shapes;

/// <summary>One setting of a record: its keys, its type and what is told about it.</summary>
internal sealed class MemberShape
{
    private readonly PropertySetter _setter;

    public MemberShape(PropertyInfo property, SettingAttribute setting, int index, bool nullable)
    {
        Property = property;
        Setting = setting;
        Index = index;
        Nullable = nullable;
        Key = setting.Key ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);
        Shape = ShapeFactory.For(property, setting);
        Required = property.IsDefined(typeof(RequiredMemberAttribute));
        Enforced = !property.IsDefined(typeof(NotEnforcedYetAttribute));
        IsOther = property.IsDefined(typeof(OtherSettingsAttribute));
        ShorthandOrder = property.GetCustomAttribute<ShorthandAttribute>()?.Order;
        _setter = PropertySetter.For(property);
    }

    public PropertyInfo Property { get; }

    public SettingAttribute Setting { get; }

    /// <summary>The position among the record's settings.</summary>
    public int Index { get; }

    /// <summary>The key as the reference prints it.</summary>
    public string Key { get; }

    public ValueShape Shape { get; }

    public bool Required { get; }

    /// <summary>Whether <c>null</c> in a document means that the setting is not given.</summary>
    public bool Nullable { get; }

    public bool Enforced { get; }

    /// <summary>Whether it is the map that takes all other keys.</summary>
    public bool IsOther { get; }

    /// <summary>Where it stands among the record's shorthands; null when it is none.</summary>
    public int? ShorthandOrder { get; }

    public void Set(object record, object value) => _setter.Set(record, value);
}

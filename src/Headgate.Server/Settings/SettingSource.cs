namespace Headgate.Server.Settings;

/// <summary>What says the value of a setting.</summary>
internal enum SettingSource
{
    /// <summary>The command line.</summary>
    Flag,

    /// <summary>A variable of the environment.</summary>
    Environment,

    /// <summary>The settings file.</summary>
    File,

    /// <summary>Nothing: it is the default.</summary>
    Default,
}

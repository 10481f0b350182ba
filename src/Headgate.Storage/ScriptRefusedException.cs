namespace Headgate.Storage;

/// <summary>A statement of a script found no row to change, after others did: the script is undone. Nobody outside of the store sees it.</summary>
internal sealed class ScriptRefusedException() : Exception("A statement of a script found no row to change.");

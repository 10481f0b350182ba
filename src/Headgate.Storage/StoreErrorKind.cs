namespace Headgate.Storage;

/// <summary>Why a store could not do what it was asked.</summary>
public enum StoreErrorKind
{
    /// <summary>The disk, or a quota on it, is full.</summary>
    Full,

    /// <summary>The file or the database is not there (any more).</summary>
    Gone,

    /// <summary>Another process holds the database's write lock.</summary>
    Locked,

    /// <summary>The data is damaged, or the file is no database.</summary>
    Corrupt,

    /// <summary>The store can be read only.</summary>
    ReadOnly,

    /// <summary>This user may not use it: file permissions, or a login that is refused.</summary>
    Denied,

    /// <summary>The database server does not answer.</summary>
    Unreachable,

    /// <summary>The disk or the database fails in another way.</summary>
    Failing,

    /// <summary>A newer program has changed the tables.</summary>
    Newer,

    /// <summary>A migration that ran is not the one that this program knows under its number.</summary>
    Altered,

    /// <summary>A migration failed; none of those that were pending is in force.</summary>
    MigrationFailed,

    /// <summary>As much as may wait is waiting already.</summary>
    Overloaded,

    /// <summary>The work had to wait too long to begin, or a statement ran too long.</summary>
    TimedOut,

    /// <summary>The command met conflicting ones again and again.</summary>
    Contended,

    /// <summary>A constraint of a table forbids it.</summary>
    Constraint,

    /// <summary>The statement is wrong: a bug of the feature that brought it.</summary>
    Statement,
}

namespace Zoetrope.Generator.Diagnostics;

/// <summary>What names and types are bound from: an endpoint or an API, with the documents and the lock file that describe it.</summary>
internal interface IProblemSource
{
    /// <summary>A location in its documents.</summary>
    SpecLocation At(string pointer);

    /// <summary>The location of a locked name, by what follows the owner's key.</summary>
    SpecLocation LockedAt(string key);

    /// <summary>The whole key of a locked name, as the lock file has it.</summary>
    string LockedKey(string key);
}

using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Naming;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations;

/// <summary>The document of one API with the names that it has.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Class">The classes.</param>
/// <param name="IsReference">Whether its types are in a referenced assembly.</param>
/// <param name="Key">The key of the lock file.</param>
/// <param name="Api">What it says.</param>
/// <param name="Names">The names that the lock file holds for it, by what follows the key.</param>
/// <param name="LockPath">The path of the lock file that holds them, or null.</param>
/// <param name="Wanted">The name that it asks for and cannot have, or null.</param>
/// <param name="Rival">What has that name, or asks for it too.</param>
/// <param name="RefusedName">The name that the lock file holds for the class and that cannot be given, or null.</param>
/// <param name="IsFixed">Whether the project or the lock file says what the class is called.</param>
/// <param name="FormerKey">The key under which the lock file has the names, where it was written before servers distinguished APIs; else null.</param>
/// <param name="IsNamedAnew">Whether the class has another name than the lock file holds, because a declared provider's client has that one.</param>
internal sealed record ApiDocument(
    string Path, ApiClass Class, bool IsReference, string Key, ApiDescription Api, EquatableArray<LockedName> Names, string? LockPath,
    string? Wanted = null, string? Rival = null, string? RefusedName = null, bool IsFixed = false, string? FormerKey = null,
    bool IsNamedAnew = false) : IProblemSource
{
    /// <inheritdoc/>
    public SpecLocation At(string pointer) => new(Path, pointer);

    /// <inheritdoc/>
    public SpecLocation LockedAt(string key) => new(LockPath ?? "", NameKeys.PointerOf(LockedKey(key)));

    /// <inheritdoc/>
    public string LockedKey(string key) => (FormerKey ?? Key) + key;
}

using Zoetrope.Generator.Naming;

namespace Zoetrope.Generator.Operations.Inline;

/// <summary>
/// Finds the shared types that the lock file has by their uses, so that a type keeps its name whichever of its uses are left.
/// </summary>
internal sealed class LockedShares(LockedNames locked)
{
    /// <summary>The key of the shared type that the lock file has at a location, or null.</summary>
    public string? KeyAt(InlineSlot slot)
    {
        if (!locked.HasShared)
            return null;
        if (locked.Find(NameKeys.Type(NameKeys.Use + slot.Key)) is { } key)
            return locked.Find(NameKeys.Type(key)) is null ? null : key;
        // A name that was written by hand, or before each use had an entry.
        var own = NameKeys.Shared + slot.Key;
        return locked.Find(NameKeys.Type(own)) is not null && (!locked.HasUses || KeyInside(slot) is null) ? own : null;
    }

    /// <summary>Whether the lock file has a type at a location as one that belongs to the shared type around it.</summary>
    public bool IsInside(InlineSlot slot) => locked.HasUses && locked.Find(NameKeys.Type(NameKeys.Use + slot.Key)) is null && KeyInside(slot) is not null;

    /// <summary>The key under which the lock file has a type that belongs to a shared type around it, or null.</summary>
    private string? KeyInside(InlineSlot slot)
    {
        for (var around = slot.Around; around is not null; around = around.Around)
        {
            if (KeyAt(around) is { } key && locked.HasType(key + slot.Key.Substring(around.Key.Length)) && slot.Key != around.Key)
                return key + slot.Key.Substring(around.Key.Length);
        }
        return null;
    }
}

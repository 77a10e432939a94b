using Zoetrope.Generator.Naming;

namespace Zoetrope.Generator.Types;

/// <summary>The names of the types of one class. Locked names win.</summary>
internal sealed class TypeNamer(TypeScope scope)
{
    private readonly NameScope _names = new(MemberNames.ReservedFor(scope.Kind).Append(scope.Class).Append(scope.Reserved));
    private readonly Dictionary<string, string> _given = new(StringComparer.Ordinal);

    /// <summary>Keeps the name that a type asks for, before other types can have it. The type is made when it is bound.</summary>
    public string Give(string key, string wanted)
    {
        var name = Take(key, wanted);
        _given.Add(key, name);
        return name;
    }

    /// <summary>Keeps the name of what an operation takes or gives as a whole. The usual ones are kept free for this.</summary>
    public void GiveRoot(string key, string name) => _given[key] = OperationTypes.All.Contains(name) ? name : Take(key, name);

    /// <summary>Whether no type has a name yet.</summary>
    public bool IsFree(string name) => _names.IsFree(name);

    /// <summary>The name of a type: the one that is kept for its key, the locked one, or the nearest to <paramref name="wanted"/>.</summary>
    public string Take(string key, string wanted)
    {
        if (_given.TryGetValue(key, out var given))
            return given;
        if (scope.Locked.Find(NameKeys.Type(key)) is { } locked)
        {
            if (Identifiers.IsTypeName(locked) && _names.TryReserve(locked))
                return locked;
            scope.Problems.ReportLock(NameKeys.Type(key), locked);
        }
        return _names.Reserve(MemberNames.Apart(wanted), "Type");
    }

    /// <summary>The name of a union; the names of its alternatives' types come first.</summary>
    public string TakeUnion(string key, string wanted)
    {
        var isFixed = _given.ContainsKey(key) || scope.Locked.Find(NameKeys.Type(key)) is not null;
        if (!isFixed && (wanted.StartsWith("TryGet", StringComparison.Ordinal) || !IsFree(wanted)))
            wanted += "Choice";
        return Take(key, wanted);
    }
}

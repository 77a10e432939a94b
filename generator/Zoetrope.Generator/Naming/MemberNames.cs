namespace Zoetrope.Generator.Naming;

/// <summary>Gives the members of one type their names: locked ones first, then the others in the document's order.</summary>
internal static class MemberNames
{
    /// <summary>The method that adds the members of a form to a call.</summary>
    public const string AddTo = "AddTo";

    private static readonly string[] ObjectMembers =
        ["Equals", "ReferenceEquals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "Finalize", "Read", "Write"];

    private static readonly string[] TypeMembers = [.. ObjectMembers, "Validate", "ExtraProperties", "Value", "IsKnown", "Raw", "From"];

    /// <summary>The names that types nested in a class must not have: those of the class's other members, and of what every such type has.</summary>
    public static IEnumerable<string> ReservedFor(ScopeKind kind) => kind switch
    {
        ScopeKind.Endpoint => [.. TypeMembers, "Request", "Result", "Endpoint", "Info", "Model"],
        ScopeKind.Operation => [.. TypeMembers, .. OperationTypes.All],
        _ => TypeMembers,
    };

    /// <summary>The names that the properties of an object type must not have: its own, and those of its other members.</summary>
    public static IEnumerable<string> ReservedIn(string typeName) => [.. ObjectMembers, "Validate", "ExtraProperties", typeName];

    /// <summary>The same for a class whose members are sent one by one.</summary>
    public static IEnumerable<string> ReservedInForm(string typeName) => ReservedIn(typeName).Append(AddTo);

    /// <summary>The names that the values of an enum type must not have.</summary>
    public static IEnumerable<string> ReservedInEnum(string typeName) => [.. ObjectMembers, "Value", "IsKnown", typeName];

    /// <summary>The name that a property asks for, and what is called after it.</summary>
    public static string Of(string jsonName) => Apart(Identifiers.Of(jsonName, "Member"));

    /// <summary>The name, unless it would hide that of <c>System.Object</c>.</summary>
    public static string Apart(string name) => name == "Object" ? "ObjectValue" : name;

    /// <summary>Names properties by their JSON names.</summary>
    public static List<string> Give(IEnumerable<string> jsonNames, string typeKey, NameScope scope, LockedNames locked, Action<string, string> onBadLock) =>
        Give(jsonNames.ToList(), Of, typeKey, scope, locked, onBadLock);

    /// <summary>Names members, each as <paramref name="suggest"/> wants it where it can be.</summary>
    public static List<string> Give(
        List<string> texts, Func<string, string> suggest, string typeKey, NameScope scope, LockedNames locked, Action<string, string> onBadLock)
    {
        var names = new string?[texts.Count];
        for (var i = 0; i < texts.Count; i++)
        {
            var key = NameKeys.Member(typeKey, texts[i]);
            if (locked.Find(key) is not { } name)
                continue;
            if (!IsHidden(name) && scope.TryReserve(name))
                names[i] = name;
            else
                onBadLock(key, name);
        }
        for (var i = 0; i < texts.Count; i++)
            names[i] ??= scope.Reserve(suggest(texts[i]), "Value");
        return names.ToList()!;
    }

    /// <summary>Whether generated code may have a field or a variable of that name: they begin with a small letter, or with an underscore and one.</summary>
    private static bool IsHidden(string name)
    {
        var first = name.TrimStart('_');
        return first.Length > 0 && char.IsLower(first[0]);
    }
}

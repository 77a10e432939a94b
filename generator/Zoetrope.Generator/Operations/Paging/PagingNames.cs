using Zoetrope.Generator.Naming;

namespace Zoetrope.Generator.Operations.Paging;

/// <summary>The names of the methods over all pages: of ListModels it is EnumerateModels, where that is free.</summary>
internal static class PagingNames
{
    private const string Verb = "Enumerate";

    private static readonly string[] Verbs = ["List", "Get", "Fetch", "Retrieve"];

    /// <summary>The names, without <c>Async</c>, in the order of the operations; empty for those that have none.</summary>
    /// <param name="operations">The names of the operations' methods; whether each has pages; and whether these are given whole.</param>
    /// <param name="taken">The names of all other methods.</param>
    public static List<string> Give(IReadOnlyList<(string Name, bool IsPaged, bool IsWhole)> operations, IReadOnlyCollection<string> taken)
    {
        var scope = new NameScope([]);
        foreach (var name in taken)
            scope.TryReserve(name);
        var wanted = operations.Select(one => one.IsPaged ? Wanted(Stem(one.Name), one.IsWhole) : "").ToList();
        var wants = new NameConflicts(wanted.Concat(taken));
        // Of several that want one name none has it, so that a name does not depend on their order.
        return operations
            .Select((one, i) => !one.IsPaged ? "" : scope.Reserve(wants.HasRival(i, wanted[i]) ? Wanted(one.Name, one.IsWhole) : wanted[i], ""))
            .ToList();
    }

    private static string Wanted(string noun, bool isWhole)
    {
        if (isWhole)
            return Verb + noun + "Pages";
        return noun.StartsWith(Verb, StringComparison.Ordinal) ? noun + "Items" : Verb + noun;
    }

    /// <summary>What an operation lists: its name without the word for that, in front or at the end.</summary>
    private static string Stem(string name)
    {
        foreach (var verb in Verbs)
        {
            if (name.StartsWith(verb, StringComparison.Ordinal) && IsWord(name, verb.Length))
                return name.Substring(name.StartsWith(verb + "All", StringComparison.Ordinal) && IsWord(name, verb.Length + 3) ? verb.Length + 3 : verb.Length);
        }
        return name.Length > 4 && name.EndsWith("List", StringComparison.Ordinal) ? name.Substring(0, name.Length - 4) : name;
    }

    private static bool IsWord(string name, int start) => name.Length > start && char.IsUpper(name[start]);
}

using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Catalog;

/// <summary>
/// Reads <c>specs.lock.json</c>: <c>{"files": {path: {"origin", "date", "sha256", "etag"?, "lastModified"?}}, "names": {key: name}}</c>.
/// <see cref="LockWriter"/> writes it.
/// </summary>
internal sealed class LockReader(List<SpecProblem> problems)
{
    /// <summary>Reads the lock; entries of the wrong form are left out and reported.</summary>
    public SpecLock Read(JsonNode root)
    {
        var unknown = ReadUnknown(root, LockWriter.Members);
        foreach (var member in root)
        {
            if (!member.IsObject && LockWriter.Members.Contains(member.Name))
                problems.Add(Problems.BadMember.At(member.Range, member.Name, "an object"));
        }
        var files = new List<LockedFile>();
        foreach (var file in root["files"].IsObject ? root["files"] : default)
        {
            if (ReadFile(file) is { } read)
                files.Add(read);
        }
        var names = new List<LockedName>();
        foreach (var name in root["names"].IsObject ? root["names"] : default)
        {
            if (name.String is { Length: > 0 } text)
                names.Add(new(name.Name, text));
            else
                problems.Add(Problems.BadMember.At(name.Range, name.Name, "the assigned name, a string"));
        }
        return new(files.ToEquatableArray(), names.ToEquatableArray()) { Unknown = unknown };
    }

    private LockedFile? ReadFile(JsonNode file)
    {
        if (!file.IsObject)
        {
            problems.Add(Problems.BadMember.At(file.Range, file.Name, "an object with 'origin', 'date' and 'sha256'"));
            return null;
        }
        var origin = ReadText(file, "origin", "where the file came from", text => text.Length > 0);
        var date = ReadText(file, "date", "a date as yyyy-MM-dd", IsDate);
        var sha256 = ReadText(file, "sha256", "64 hexadecimal digits in lower case", IsSha256);
        var unknown = ReadUnknown(file, LockWriter.FileMembers);
        var tag = ReadOptional(file, "etag");
        var modified = ReadOptional(file, "lastModified");
        return origin is null || date is null || sha256 is null
            ? null
            : new(file.Name, origin, date, sha256) { ETag = tag, LastModified = modified, Unknown = unknown };
    }

    /// <summary>Reports and keeps the members that are not known, each with the known one that it precedes.</summary>
    private EquatableArray<UnknownMember> ReadUnknown(JsonNode parent, string[] known)
    {
        var members = new List<JsonNode>();
        foreach (var member in parent)
            members.Add(member);
        var unknown = new UnknownMember?[members.Count];
        string? before = null;
        for (var i = members.Count - 1; i >= 0; i--)
        {
            if (known.Contains(members[i].Name))
                before = members[i].Name;
            else
                unknown[i] = new(members[i].RawName, members[i].Raw.Replace("\r\n", "\n"), before);
        }
        foreach (var member in members.Where(member => !known.Contains(member.Name)))
            problems.Add(Problems.UnknownMember.At(member.NameRange, member.Name));
        return unknown.OfType<UnknownMember>().ToEquatableArray();
    }

    private string? ReadText(JsonNode file, string name, string form, Func<string, bool> isValid)
    {
        var member = file[name];
        if (member.String is { } text && isValid(text))
            return text;
        problems.Add(member.Exists ? Problems.BadMember.At(member.Range, name, form) : Problems.MissingMember.At(file.NameRange, name, form));
        return null;
    }

    private string? ReadOptional(JsonNode file, string name) =>
        file[name].Exists ? ReadText(file, name, "a text of a single line", text => text.Length > 0 && !text.Any(char.IsControl)) : null;

    private static bool IsDate(string text)
    {
        var valid = text.Length == 10;
        for (var i = 0; i < text.Length && valid; i++)
            valid = i is 4 or 7 ? text[i] == '-' : text[i] is >= '0' and <= '9';
        return valid;
    }

    private static bool IsSha256(string text)
    {
        var valid = text.Length == 64;
        for (var i = 0; i < text.Length && valid; i++)
            valid = text[i] is (>= '0' and <= '9') or (>= 'a' and <= 'f');
        return valid;
    }
}

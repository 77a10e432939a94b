using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Rules;

/// <summary>Formats of files as sentences name them.</summary>
internal static class RuleFormats
{
    private const string Same = "jpg=jpeg jpe=jpeg jfif=jpeg tif=tiff heic=heif apng=png m4v=mp4 qt=mov quicktime=mov wave=wav aif=aiff oga=ogg ogv=ogg "
        + "opus=ogg mpeg3=mp3 matroska=mkv gltf=glb";

    private const string Own = "jpeg png webp gif bmp tiff avif heif svg mp4 mov webm mkv avi 3gp mp3 wav m4a aac ogg flac aiff wma glb obj ply stl fbx pdf";

    // A list with such a word goes on.
    private static readonly HashSet<string> _open =
        [.. "etc other others more similar such like including includes include e.g any".Split(' ')];

    // What is done with files of other formats.
    private static readonly HashSet<string> _conversions = [.. "converted convert converts transcoded transcodes conversion re-encoded reencoded".Split(' ')];

    // The sentence may be about the files in it.
    private static readonly HashSet<string> _archives = [.. "zip zipped archive archives tar gz rar folder dataset training".Split(' ')];

    private static readonly Dictionary<string, string> _names = Own.Split(' ').Select(name => (Name: name, Format: name))
        .Concat(Same.Split(' ').Select(pair => pair.Split('=')).Select(pair => (Name: pair[0], Format: pair[1])))
        .ToDictionary(one => one.Name, one => one.Format, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a word is the name of a format of files.</summary>
    public static bool IsKnown(string word) => _names.ContainsKey(word);

    /// <summary>The rule that a file has one of the formats that a sentence lists.</summary>
    public static ParameterRule? Rule(RuleFinding f)
    {
        if (!f.Self.IsFile)
            return null;
        var formats = In(f.Captures["formats"]);
        var all = RuleTokens.Of(f.Self.AllText);
        if (all.Exists(token => _archives.Contains(token.Lower)))
            return f.No("it may be about the files of an archive");
        if (all.Exists(token => _conversions.Contains(token.Lower)))
            return f.No("files of other formats are converted");
        if (In(all).Except(formats).Any())
            return f.No("the documentation names another format");
        if (f.Captures.Tokens.Exists(token => _open.Contains(token.Lower)))
            return f.No("the list of formats may go on");
        return RuleForms.File(f, new() { Formats = formats.ToEquatableArray() });
    }

    /// <summary>The position behind the name of a format, and behind "(no alpha)", which is left to the service; negative where there is none.</summary>
    public static int End(List<RuleToken> tokens, int at)
    {
        if (at >= tokens.Count || Of(tokens[at]) is null)
            return -1;
        var isOpaque = at + 4 < tokens.Count && tokens[at + 1].Is("(") && tokens[at + 2].Is("no") && tokens[at + 3].Is("alpha") && tokens[at + 4].Is(")");
        return isOpaque ? at + 5 : at + 1;
    }

    /// <summary>Whether a value has a URL, or a list of them, whose name has the extension of a format that is none of these.</summary>
    public static bool IsOther(JsonNode value, EquatableArray<string> formats)
    {
        foreach (var item in value.IsArray ? value : default)
        {
            if (IsOther(item, formats))
                return true;
        }
        return value.String is { } url && Uri.TryCreate(url, UriKind.Absolute, out var address) && !address.IsFile
            && _names.TryGetValue(address.AbsolutePath.Substring(address.AbsolutePath.LastIndexOf('.') + 1), out var format) && !formats.Contains(format);
    }

    private static List<string> In(IEnumerable<RuleToken> tokens) => tokens.Select(Of).OfType<string>().Distinct(StringComparer.Ordinal).ToList();

    private static string? Of(RuleToken token) =>
        _names.TryGetValue(token.Text, out var format) || _names.TryGetValue(token.Text.TrimEnd('s'), out format) ? format : null;
}

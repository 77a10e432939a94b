namespace Zoetrope.Fuzz;

/// <summary>Changes a JSON document in its structure: what comes out is JSON again, of a document that nobody wrote.</summary>
public static class JsonMutation
{
    private static readonly string[] _wrappers = ["items", "anyOf", "allOf", "oneOf", "additionalProperties", "properties", "not", "$defs"];

    /// <summary>Changes the document at some locations.</summary>
    public static string Mutate(string json, Random random)
    {
        var root = MutableJson.Parse(json);
        for (var left = random.Next(1, 7); left > 0; left--)
            MutateOnce(root, random);
        return root.ToString();
    }

    private static void MutateOnce(MutableJson root, Random random)
    {
        var all = root.All().ToList();
        var (_, value) = all[random.Next(all.Count)];
        var (pointer, other) = all[random.Next(all.Count)];
        switch (random.Next(15))
        {
            case 0 when value.Children.Count > 0:
                value.Children.RemoveAt(random.Next(value.Children.Count));
                break;
            case 1 when value.Children.Count > 0:
                var twice = value.Children[random.Next(value.Children.Count)];
                value.Children.Insert(random.Next(value.Children.Count + 1), (random.Next(2) == 0 ? twice.Name : OddText.Texts.Of(random), twice.Value.Copy()));
                break;
            case 2:
                var copy = other.Copy();
                other.Become(value.Copy());
                value.Become(copy);
                break;
            case 3:
                value.Become(other.Copy());
                break;
            case 4 when value.Children.Count > 0:
                var index = random.Next(value.Children.Count);
                value.Children[index] = (random.Next(3) == 0 ? OddText.Keywords.Of(random) : OddText.Texts.Of(random), value.Children[index].Value);
                break;
            case 5:
                value.Become(MutableJson.String(OddText.Texts.Of(random)));
                break;
            case 6:
                value.Become(MutableJson.Literal(OddText.Numbers.Of(random)));
                break;
            case 7:
                value.Become(MutableJson.Parse(OddText.Values.Of(random)));
                break;
            case 8:
                value.Become(MutableJson.Around('{', "$ref", MutableJson.String(random.Next(5) == 0 ? OddText.Texts.Of(random) : "#" + pointer)));
                break;
            case 9:
                Wrap(value, random, random.Next(10) == 0 ? 150 : random.Next(1, 8));
                break;
            case 10 when value.Children.Count > 0 && value.Children.Count < 500:
                var many = value.Children[random.Next(value.Children.Count)];
                for (var i = random.Next(1, 40); i > 0; i--)
                    value.Children.Add((many.Name + i, many.Value.Copy()));
                break;
            case 11:
                var shuffled = value.Children.ToArray();
                random.Shuffle(shuffled);
                value.Children.Clear();
                value.Children.AddRange(shuffled);
                break;
            case 12 when value.Kind == '"':
                value.Text = value.Text.Insert(random.Next(value.Text.Length + 1), OddText.Texts.Of(random));
                break;
            case 13 when value.Kind == '{':
                value.Children.Add((OddText.Texts.Of(random), other.Copy()));
                break;
            default:
                if (value.Kind == '{')
                    value.Children.Insert(random.Next(value.Children.Count + 1), (OddText.Keywords.Of(random), Keyword(random)));
                break;
        }
    }

    private static MutableJson Keyword(Random random) => random.Next(4) switch
    {
        0 => MutableJson.String(OddText.Texts.Of(random)),
        1 => MutableJson.Literal(OddText.Numbers.Of(random)),
        _ => MutableJson.Parse(OddText.Values.Of(random)),
    };

    private static void Wrap(MutableJson value, Random random, int depth)
    {
        for (; depth > 0; depth--)
        {
            var name = _wrappers.Of(random);
            var inner = name is "anyOf" or "allOf" or "oneOf" ? MutableJson.Around('[', "", value.Copy())
                : name is "properties" or "$defs" ? MutableJson.Around('{', OddText.Texts.Of(random), value.Copy())
                : value.Copy();
            value.Become(MutableJson.Around('{', name, inner));
        }
    }
}

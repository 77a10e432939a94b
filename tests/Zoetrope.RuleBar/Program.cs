using System.Globalization;
using Zoetrope.RuleBar;
using Zoetrope.Specs.Rules;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["labels", var labels, var documents])
    return PrintLabels(labels, documents, Bar.LeastRecall);
if (args is ["labels", var ownLabels, var ownDocuments, var least] && double.TryParse(least, out var leastRecall))
    return PrintLabels(ownLabels, ownDocuments, leastRecall);
if (args is ["documents", var folder])
    return PrintDocuments(folder);
Console.Error.WriteLine("""
    Usage:
      labels FILE FOLDER [RECALL]   judges a file of labeled sentences (JSON lines) about the documents in a folder; prints precision and recall, and exits
                                    with code 1 where the precision is below 1 or the recall below RECALL (0.8 where it is left out)
      documents FOLDER              reads every document in a folder; prints what is enforced, advised and not enforced, and how many of each
    """);
return 2;

static int PrintLabels(string labels, string documents, double leastRecall)
{
    var judged = Bar.Judge(labels, documents);
    foreach (var one in judged.Where(one => one.Verdict is Verdict.Wrong or Verdict.Missed))
    {
        Console.WriteLine($"{one.Verdict}{(one.IsHard ? "" : " (soft)")}: {one.Document} {one.Property}: {one.Sentence}");
        Console.WriteLine($"    label: {one.Expected}");
        Console.WriteLine($"    read:  {one.Found}");
    }
    foreach (var verdict in Enum.GetValues<Verdict>())
        Console.WriteLine($"{verdict,-10} {judged.Count(one => one.Verdict == verdict),4}");
    var (precision, recall) = (Bar.Precision(judged), Bar.Recall(judged));
    Console.WriteLine($"sentences {judged.Count}, precision {precision:0.000}, recall of hard rules {recall:0.000}");
    return precision >= 1 && recall >= leastRecall ? 0 : 1;
}

static int PrintDocuments(string folder)
{
    var all = new List<RuleStatement>();
    foreach (var path in Directory.GetFiles(folder).Where(path => Path.GetExtension(path) is ".json" or ".md" or ".txt").Order(StringComparer.Ordinal))
    {
        var text = File.ReadAllText(path);
        var statements = DocumentRules.OfEndpoint(text);
        if (statements.Count == 0)
            statements = DocumentRules.OfApi(text);
        foreach (var one in statements)
            Console.WriteLine($"{one.Outcome}\t{Path.GetFileName(path)}\t{one.Member}\t{one.Rule?.Formula ?? "-"}\t{one.Reason}\t{one.Text}");
        all.AddRange(statements);
    }
    foreach (var outcome in all.GroupBy(one => one.Outcome).OrderBy(group => group.Key))
        Console.WriteLine($"{outcome.Key}: {outcome.Count()}");
    var reasons = all.Where(one => one.Reason.Length > 0).GroupBy(one => one.Reason.Split('\'', ':')[0].Trim());
    foreach (var reason in reasons.OrderByDescending(group => group.Count()))
        Console.WriteLine($"  {reason.Count(),5}  {reason.Key}");
    return 0;
}

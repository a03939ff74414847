using System.CommandLine;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla explain "(x + y) * z" --at x=-2,y=5,z=-4</c>: forward, then backward with the chain rule written out.</summary>
internal static class ExplainCommand
{
    private static readonly string[] Formats = ["text", "json", "dot", "mermaid", "svg", "html"];

    public static Command Create()
    {
        Argument<string> expression = new("expression") { Description = "a formula such as \"(x + y) * z\", or a FILE with one on several lines" };
        Option<string?> at = new("--at") { Description = "values of inputs: x=-2,y=5,v=[1,2]", HelpName = "values" };
        Option<double?> step = CommonOptions.Positive("--step", "the learning rate: go downhill and show the new values");
        Option<int> steps = CommonOptions.Whole("--steps", "10", 1, 10_000, "how many steps of gradient descent", 1);
        Option<bool> check = new("--check") { Description = "hold each gradient against a central difference" };
        Option<string> format = CommonOptions.Choice("--format", Formats, "what to write", "text");
        Option<string?> output = new("--output") { Description = "the file to write to; standard output if not given", HelpName = "file" };
        Option<string?> language = CommonOptions.Language();
        Command command = new("explain", "Backpropagation through a formula, step by step.")
        {
            expression, at, step, steps, check, format, output, language,
        };
        command.SetAction(parsed =>
        {
            string text = parsed.GetRequiredValue(expression);
            if (File.Exists(text)) text = File.ReadAllText(text);
            Language spoken = Texts.Of(parsed.GetValue(language)).Language;
            bool isText = parsed.GetRequiredValue(format) == "text";
            if (!isText && (parsed.GetValue(check) || parsed.GetValue(step) is not null))
            {
                throw new UsageException(
                    $"--check and --step are told in words, not in {parsed.GetRequiredValue(format)}: run them by themselves, without --format");
            }
            ExpressionResult result = Evaluate(text, parsed.GetValue(at), spoken);
            string written = Write(result, parsed.GetRequiredValue(format), spoken);
            if (isText)
            {
                if (parsed.GetValue(check)) written += "\n" + result.Output.CheckGradients().ToText(spoken);
                if (parsed.GetValue(step) is { } rate) written += "\n" + result.Output.Descend(rate, parsed.GetValue(steps)).ToText(spoken);
            }
            if (parsed.GetValue(output) is { } file) File.WriteAllText(file, written);
            else Console.Out.Write(written.EndsWith('\n') ? written : written + "\n");
            return ExitCode.Done;
        });
        return command;
    }

    private static ExpressionResult Evaluate(string text, string? at, Language language)
    {
        try
        {
            return Expression.Parse(text, language).Evaluate(at is null ? null : Expression.ParseValues(at, language));
        }
        catch (ExpressionException exception)
        {
            // The place under its caret begins a line of its own.
            throw new UsageException(exception.Message.Contains('\n') ? "\n" + exception.Message : exception.Message);
        }
    }

    private static string Write(ExpressionResult result, string format, Language language)
    {
        GraphView view = result.View();
        return format switch
        {
            "json" => view.ToJson(),
            "dot" => view.ToDot(),
            "mermaid" => view.ToMermaid(),
            "svg" => view.ToSvg(language),
            "html" => view.ToHtml(language),
            _ => Explanation.Of(view, language).ToString(),
        };
    }
}

using static Nabla.Blank;

namespace Nabla.Lessons;

internal static class LessonD2
{
    private const string Program = "x = 1\nm = -x\ne = exp(m)\nd = e + 1\ny = 1 / d";

    public static Lesson Lesson { get; } = new(
        "D2",
        new("The sigmoid as a chain of gates", "게이트로 이어 만든 시그모이드"),
        new("×(−1), exp, +1, 1/x: four gates that together have the local gradient y·(1 − y).",
            "×(−1), exp, +1, 1/x 네 게이트를 이으면 국소 기울기가 y·(1 − y)가 됩니다."),
        new TextSection(
            """
            The **sigmoid** y = 1/(1 + e^(−x)) presses every number into the range from 0 to 1. It looks complicated, yet it is a chain of gates we know from part C:
            **×(−1) → exp → +1 → 1/x**.

            Go back gate by gate, beginning with 1. The 1/x gate multiplies by −y². The +1 gate passes that on. The exp gate multiplies by its output e^(−x). The ×(−1)
            gate turns the sign. Together: y² · e^(−x).

            Now a little algebra: e^(−x) = 1/y − 1, so y² · e^(−x) = y² · (1 − y)/y = **y·(1 − y)**. All four gates fold into one node whose local gradient needs nothing but
            its own output. That is what the second graph shows, and it gives the same number.

            The largest that y·(1 − y) can be is 1/4, at y = 1/2. So each sigmoid in a row of layers takes away at least three quarters of the gradient, one of
            the reasons why ReLU took its place in deep networks.
            """,
            """
            **시그모이드** y = 1/(1 + e^(−x))는 어떤 수든 0과 1 사이로 눌러 넣습니다. 복잡해 보이지만 C부에서 배운 게이트를 이은 것입니다:
            **×(−1) → exp → +1 → 1/x**.

            1에서 시작해 게이트를 하나씩 거슬러 가 봅시다. 1/x 게이트는 −y²을 곱합니다. +1 게이트는 그대로 보냅니다. exp 게이트는 자기 출력 e^(−x)를
            곱합니다. ×(−1) 게이트는 부호를 뒤집습니다. 모두 모으면 y² · e^(−x)입니다.

            조금만 정리해 봅시다. e^(−x) = 1/y − 1이므로 y² · e^(−x) = y² · (1 − y)/y = **y·(1 − y)**입니다. 네 게이트가 자기 출력만 알면 되는 노드 하나로
            접힙니다. 두 번째 그래프가 그것이고, 같은 값을 냅니다.

            y·(1 − y)는 y = 1/2일 때 가장 크며 그 값이 1/4입니다. 시그모이드를 지날 때마다 기울기의 4분의 3 이상이 사라지는 셈입니다. 깊은 신경망에서
            ReLU가 그 자리를 대신한 까닭 가운데 하나입니다.
            """),
        new GraphSection(Program) { Title = new("Four gates", "네 게이트") },
        new GraphSection("x = 1\ny = sigmoid(x)") { Title = new("One node", "노드 하나") },
        new TableSection(["x", "y", new("back through the gates", "게이트를 거슬러"), "y·(1 − y)", new("one fused node", "합친 노드 하나")], Compare),
        new QuizSection(
            "quiz-1",
            new("A sigmoid puts out y = 0.9. What is its local gradient?", "시그모이드의 출력이 y = 0.9입니다. 국소 기울기는 얼마일까요?"),
            ["0.9", "0.81", "0.09", "0.1"],
            right: 2,
            new("0.9 · (1 − 0.9) = 0.09.", "0.9 · (1 − 0.9) = 0.09입니다.")),
        new ExerciseSection(
            "exercise-1",
            new("Go through the four gates and back. Three digits are enough.", "네 게이트를 지나갔다가 돌아오세요. 세 자리까지만 쓰면 됩니다."),
            Program,
            Value("m"), Value("e"), Value("d"), Value("y"), Local("y", "d"), Upstream("e"), Local("e", "m"), Upstream("m"), Downstream("x")));

    private static IEnumerable<BilingualText[]> Compare()
    {
        Tensor x = Tensor.From(-4.0, -1, 0, 1, 4);                             // [points]
        Tensor gates = ((x * -1).Exp() + 1).Reciprocal(), fused = x.Sigmoid();   // [points]
        double[] places = x.ToDoubles(), y = gates.ToDoubles();
        double[] byGates = gates.Sum().Backward()[x].ToDoubles(), byOne = fused.Sum().Backward()[x].ToDoubles();
        double[] product = (fused * (1 - fused)).ToDoubles();
        for (int i = 0; i < places.Length; i++)
            yield return [Written.Text(places[i]), Written.Text(y[i]), Written.Text(byGates[i]), Written.Text(product[i]), Written.Text(byOne[i])];
    }
}
